// SMART style: the colours of the sign-in pages, for apps that want to look like the place they were started from.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#styling

export const smartStyle = {
  color_background: '#ffffff',
  color_error: '#b42318',
  color_highlight: '#0b6e6e',
  color_modal_backdrop: '',
  color_success: '#1c7c54',
  color_text: '#15202b',
  dim_border_radius: '8px',
  dim_font_size: '16px',
  dim_spacing_size: '16px',
  font_family_body: "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  font_family_heading: "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
};
